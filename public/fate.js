// Where a mail is on its way: its line is refreshed each ten seconds while it may still change, ten minutes at most.

const way = document.querySelector('.fate[data-refresh]');

async function refresh() {
  const answer = await fetch(way.dataset.refresh);
  // An outage, or a session that ended, says nothing of the mail.
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [said, now] = [way, page].map((place) => place.querySelector('.fate-line'));
  const isTyping = [...document.querySelectorAll('main .field input')].some(({ value }) => value);
  // What was waited for is over: the page that says so is another one. What is being typed stays.
  if (!isTyping && (!now || now.matches('.lost'))) return location.assign(way.dataset.refresh);
  if (!now || said.textContent === now.textContent) return;
  [said.textContent, said.className] = [now.textContent, now.className];
}

for (let after = 10; way && after <= 600; after += 10) {
  setTimeout(() => document.hidden || refresh().catch(() => undefined), after * 1000);
}

// Where a mail is on its way: refreshed each ten seconds while it may still change, ten minutes at most.

const awaited = () => document.querySelector('.fate[data-refresh]');

async function refresh() {
  const answer = await fetch(awaited().dataset.refresh);
  // An outage, or a session that ended, says nothing of the mail.
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [[heading, said], [newHeading, now]] = [document, fresh].map((page) =>
    page.querySelectorAll('h1, .fate-line'),
  );
  const isTyping = [...document.querySelectorAll('main .field input')].some(({ value }) => value);
  if (!isTyping && (!now || heading.textContent !== newHeading.textContent)) return change(fresh);
  if (!now || said.textContent === now.textContent) return;
  [said.textContent, said.className] = [now.textContent, now.className];
}

/** What was waited for is over, or has come to something else: in place, since a page must not leave by itself. */
function change(fresh) {
  const [old, main] = [document, fresh].map((page) => page.querySelector('main'));
  const hadFocus = old.contains(document.activeElement);
  document.title = fresh.title;
  old.replaceWith(main);
  if (hadFocus) main.focus();
}

for (let after = 10; awaited() && after <= 600; after += 10) {
  setTimeout(() => document.hidden || !awaited() || refresh().catch(() => undefined), after * 1000);
}

// Enters, or confirms, by the way this device is unlocked: asks the browser, puts its answer in the form and sends it.
// What goes wrong is sent too, by its name: the portal has a page for it. Nothing is shown where the browser cannot.
const keys = window.PublicKeyCredential;
let asked;

const unlock = async (button, mediation) => {
  if (asked) asked.abort();
  asked = new AbortController();
  const { signal } = asked;
  const { form, dataset } = button;
  const { compte, cle } = form.elements;
  let said;
  try {
    let key;
    if (dataset.make) {
      const publicKey = keys.parseCreationOptionsFromJSON(JSON.parse(dataset.make));
      key = await navigator.credentials.create({ publicKey, signal });
    } else {
      const body = new URLSearchParams({ compte: compte ? compte.value : '' });
      const answer = await fetch(dataset.from, { method: 'POST', body, signal });
      const publicKey = keys.parseRequestOptionsFromJSON(await answer.json());
      key = await navigator.credentials.get({ publicKey, mediation, signal });
    }
    said = JSON.stringify(key);
  } catch (error) {
    if (mediation || signal.aborted) return;
    said = error.name;
  }
  cle.value = said;
  form.submit();
};

if ('PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in keys) {
  for (const place of document.querySelectorAll('.passkey, .no-passkey')) {
    place.hidden = place.className === 'no-passkey';
  }
  for (const button of document.querySelectorAll('[data-from], [data-make]')) {
    let again;
    button.addEventListener('click', () => {
      clearInterval(again);
      unlock(button);
    });
    if (button.dataset.offer === undefined) continue;
    // The keyboard offers it at the identifier; a challenge lives five minutes.
    keys.isConditionalMediationAvailable().then((can) => {
      const offer = () => unlock(button, 'conditional');
      if (!can) return;
      again = setInterval(offer, 240000);
      offer();
    });
  }
  // What was removed here is no longer offered by the device.
  const list = document.querySelector('[data-known]');
  if (list && keys.signalAllAcceptedCredentials)
    keys.signalAllAcceptedCredentials(JSON.parse(list.dataset.known));
}

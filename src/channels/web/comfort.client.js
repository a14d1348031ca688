/**
 * Adds comfort to pages that work without it: no second tap, a status that changes by itself, filled and grouped
 * amounts, copying and printing. Served as it is written; nothing here decides anything about money.
 */
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  const all = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const group = (text) => text.replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  const wake = () =>
    all('form[data-sent]', (form) => {
      delete form.dataset.sent;
      form.querySelectorAll('[aria-busy]').forEach((button) => {
        button.disabled = false;
        button.removeAttribute('aria-busy');
      });
    });
  const show = () => all('[data-print],[data-copy]', (button) => (button.hidden = false));

  addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = '1';
    // After the form was read: the value of a disabled button would not be sent.
    setTimeout(() => {
      const button = event.submitter;
      if (button) {
        button.disabled = true;
        button.setAttribute('aria-busy', 'true');
      }
    });
    setTimeout(wake, 20000);
  });
  addEventListener('pageshow', wake);

  addEventListener('click', (event) => {
    const button = event.target.closest?.('button');
    if (!button) return;
    const { fills, copy, copied, print } = button.dataset;
    if (fills) {
      event.preventDefault();
      document.getElementById(fills).value = group(button.value);
    }
    // A refused clipboard changes nothing: the reference can still be selected by hand.
    const done = () => (button.textContent = copied);
    if (copy) navigator.clipboard?.writeText(copy).then(done, () => {});
    if (print !== undefined) window.print();
  });
  addEventListener('change', ({ target }) => {
    const digits = (target.value ?? '').replace(/[ \u00a0\u202f]/g, '');
    if ('grouped' in target.dataset && /^\d+$/.test(digits)) target.value = group(digits);
  });

  const main = document.querySelector('main');
  const spoken = document.getElementById('spoken');
  const look = async () => {
    if (document.hidden) return addEventListener('visibilitychange', () => void look(), { once: true });
    try {
      const answer = await fetch(main.dataset.live, { headers: { 'x-fragment': '1' } });
      // Led elsewhere: the session has ended, the whole page must say so.
      if (answer.redirected) return location.reload();
      const text = answer.ok ? await answer.text() : '';
      const next = new DOMParser().parseFromString(text, 'text/html').querySelector('main');
      if (next && next.dataset.version !== main.dataset.version) {
        main.replaceChildren(...next.childNodes);
        main.dataset.version = next.dataset.version;
        main.dataset.live = next.dataset.live || '';
        if (spoken) spoken.textContent = main.querySelector('h1')?.textContent;
        show();
      }
    } catch {
      // No network for a moment: the next look may succeed.
    }
    watch();
  };
  let wait_ms = 3000;
  let next;
  const watch = () => {
    clearTimeout(next);
    if (!main?.dataset.live) return;
    next = setTimeout(look, wait_ms);
    wait_ms = Math.min(wait_ms * 1.2, 10000);
  };
  show();
  watch();
  // The server says when there is something new; looking by oneself goes on, for when nobody does.
  if (main?.dataset.feed) new EventSource(main.dataset.feed).onmessage = look;
})();

// Keys press what carries data-shortcut. Single letters are off inside fields and can be switched off (WCAG 2.1.4).
let prefix = '';
let prefixTimer = 0;

function press(key) {
  const targets = [...document.querySelectorAll('[data-shortcut]')].filter(target =>
    target.dataset.shortcut.split(',').includes(key) && !target.disabled && target.checkVisibility());
  const target = targets.at(-1);
  if (!target) {
    return false;
  }

  if (target.matches('input, textarea')) {
    target.focus();
    target.select();
  } else {
    target.click();
  }

  return true;
}

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.altKey || event.metaKey) {
    return;
  }

  // Inside a shadow root the event's target is the host; the path tells what was really typed into.
  const inField = event.composedPath()[0].closest?.('input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable]');
  const layerOpen = document.querySelector('dialog[open], [popover]:popover-open');
  if (event.key === 'Enter' && (event.ctrlKey || event.shiftKey)) {
    // Leaving the field first hands its value to the page.
    inField?.dispatchEvent(new Event('change', { bubbles: true }));
    if (!layerOpen && press('run')) {
      event.preventDefault();
    }

    return;
  }

  if (event.key === 'Escape' && !layerOpen) {
    if (inField) {
      inField.blur();
    } else if (press('esc')) {
      event.preventDefault();
    }

    return;
  }

  if (inField || layerOpen || event.ctrlKey || event.key.length !== 1 || document.documentElement.dataset.keys === 'off') {
    return;
  }

  const key = prefix ? `${prefix} ${event.key}` : event.key;
  clearTimeout(prefixTimer);
  prefix = '';
  if (key === 'g') {
    prefix = 'g';
    prefixTimer = setTimeout(() => { prefix = ''; }, 1200);
  } else if (press(key)) {
    event.preventDefault();
  }
});

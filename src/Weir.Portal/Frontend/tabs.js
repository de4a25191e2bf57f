// Arrow keys, Home and End inside a tab list.
document.addEventListener('keydown', event => {
  const list = event.target.closest?.('[role="tablist"]');
  if (!list || !['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) {
    return;
  }

  const tabs = [...list.querySelectorAll('[role="tab"]')];
  const at = tabs.indexOf(document.activeElement);
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
  const next = tabs[(to + tabs.length) % tabs.length];
  next.focus();
  next.click();
  event.preventDefault();
});

// Dialogs and popovers: native elements; only their place is ours.
export function start() {
  document.addEventListener('toggle', event => {
    if (event.newState === 'open' && event.target.matches?.('[popover]')) {
      place(event.target, anchorOf(event.target));
    }
  }, true);

  document.addEventListener('keydown', event => {
    const menu = event.target.closest?.('.menu[popover]');
    if (menu && ['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) {
      const items = [...menu.querySelectorAll('.item:not([hidden])')];
      const at = items.indexOf(document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
      items[(to + items.length) % items.length]?.focus();
      event.preventDefault();
    }
  });

  // What stays open keeps its place when the window changes.
  addEventListener('resize', () => {
    for (const popover of document.querySelectorAll('[popover]:popover-open')) {
      place(popover, anchorOf(popover), false);
    }
  });

  document.addEventListener('click', event => {
    event.target.closest('.menu[popover] .item[data-closes]')?.closest('[popover]').hidePopover();
  });
}

const anchors = new WeakMap();

function anchorOf(popover) {
  return anchors.get(popover) ?? document.querySelector(`[popovertarget="${popover.id}"]`);
}

function place(popover, anchor, withFocus = true) {
  if (!anchor) {
    return;
  }

  const box = anchor.getBoundingClientRect();
  // Measured at the left edge: where it stood before must not squeeze it.
  popover.style.left = '8px';
  const size = popover.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, innerWidth - size.width - 8));
  const below = box.bottom + 4;
  popover.style.left = `${left}px`;
  popover.style.top = `${below + size.height > innerHeight - 8 ? Math.max(8, Math.min(below, innerHeight - size.height - 8)) : below}px`;
  withFocus && popover.querySelector('[data-first], .item, input, select, textarea')?.focus();
}

export function openPopover(id, anchorId) {
  const popover = document.getElementById(id);
  const anchor = document.getElementById(anchorId);
  if (popover) {
    anchors.set(popover, anchor);
    popover.matches(':popover-open') ? place(popover, anchor) : popover.showPopover();
  }
}

export function closePopover(id) {
  const popover = document.getElementById(id);
  if (popover?.matches(':popover-open')) {
    popover.hidePopover();
  }

  anchors.get(popover)?.focus();
}

export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) {
    dialog.showModal();
  }
}

export function closeDialog(id) {
  document.getElementById(id)?.close();
}

export function focus(selector) {
  document.querySelector(selector)?.focus();
}

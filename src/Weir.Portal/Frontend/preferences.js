// Theme, density, navigation and time zone are cookies, so that the server renders the right thing at once.
const year = 60 * 60 * 24 * 365;

export function remember(name, value) {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `weir-${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${year}; SameSite=Lax${secure}`;
}

export function viewer() {
  return { zone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC' };
}

export function start() {
  remember('zone', viewer().zone);
  document.addEventListener('click', event => {
    const choice = event.target.closest('[data-choose]');
    if (choice) {
      const [name, value] = choice.dataset.choose.split(':');
      choose(name, value);
    }

    if (event.target.closest('[data-nav-toggle]')) {
      toggleNavigation();
    } else if (event.target.closest('.nav a, .nav-veil')) {
      document.querySelector('.shell')?.classList.remove('nav-open');
    }
  });
}

function choose(name, value) {
  remember(name, value);
  document.documentElement.dataset[name] = value;
  for (const other of document.querySelectorAll(`[data-choose^="${name}:"]`)) {
    other.setAttribute('aria-checked', String(other.dataset.choose === `${name}:${value}`));
  }

  document.dispatchEvent(new CustomEvent('weir:preference', { detail: { name, value } }));
}

function toggleNavigation() {
  const shell = document.querySelector('.shell');
  if (!shell) {
    return;
  }

  if (matchMedia('(max-width: 759px)').matches) {
    shell.classList.toggle('nav-open');
  } else {
    remember('nav', shell.classList.toggle('nav-collapsed') ? 'collapsed' : 'open');
  }
}

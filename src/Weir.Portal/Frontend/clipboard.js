// [data-copy] copies its value, says so to a screen reader and shows a tick for a moment.
document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (!button) {
    return;
  }

  await navigator.clipboard.writeText(button.dataset.copy);
  button.classList.add('done');
  const region = document.getElementById('said');
  if (region) {
    region.textContent = 'Copied';
  }

  setTimeout(() => {
    button.classList.remove('done');
    if (region) {
      region.textContent = '';
    }
  }, 1500);
});

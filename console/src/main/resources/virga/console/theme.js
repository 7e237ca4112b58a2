// Light, dark, or as the system is set: the choice stays in this browser.
const ORDER = ['auto', 'light', 'dark'];
const SIGNS = { auto: '◐', light: '☀', dark: '☾' };
const WORDS = { auto: 'as the system', light: 'light', dark: 'dark' };

export function offerTheme(button) {
  let theme = kept();
  const show = () => {
    document.documentElement.style.setProperty('color-scheme', theme === 'auto' ? 'light dark' : theme);
    button.textContent = SIGNS[theme];
    button.setAttribute('aria-label', `Colours: ${WORDS[theme]}. Change`);
    button.title = `Colours: ${WORDS[theme]}`;
  };
  button.addEventListener('click', () => {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
    try {
      localStorage.setItem('virga-theme', theme);
    } catch {
      // A browser that keeps nothing still shows the choice.
    }
    show();
  });
  show();
}

function kept() {
  try {
    const theme = localStorage.getItem('virga-theme');
    return ORDER.includes(theme) ? theme : 'auto';
  } catch {
    return 'auto';
  }
}

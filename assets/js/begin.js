// Runs before the page is drawn: tells the styles that scripts work, so that nothing jumps later.
// The design system looks for its class on the body, which is not there yet.
document.documentElement.classList.add("js-enabled", "nhsuk-frontend-supported");
new MutationObserver((changes, watch) => {
  if (document.body) {
    document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
    watch.disconnect();
  }
}).observe(document.documentElement, { childList: true });

/* Another script than the simulator: as little as keeps the contract, with nobody to drive it. */
(() => {
  const script = document.currentScript;
  let status = null;
  let connected = false;
  const tell = () => connected && status && status(0);
  const owidget = {
    isSupported: true,
    init() {},
    connectToServer() {
      connected = true;
      tell();
    },
    setAppEventCallback() {},
    setStatusUpdateCallback(callback) {
      status = callback;
      tell();
    },
    setCustomNumberNormalization() {},
    setConnectionUpdateCallback() {},
    addCustomData() {},
    removeCustomData() {},
    openChat() {},
    openAppOnCurrentPage() {},
    hideWidget() {},
  };
  window.$owidget = owidget;
  setTimeout(() => script.$owidgetOnLoad(owidget));
})();

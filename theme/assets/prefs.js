// Runs before the first paint: the stored reading settings take effect without a flash.
(function (root) {
  root.classList.remove("no-js");
  // room for the button that reads aloud is kept before the first paint; to ask for the voice itself would wake it, and cost time
  if ("speechSynthesis" in window && "SpeechSynthesisUtterance" in window) root.classList.add("speaks");
  // this script lies in the folder of the code, assets/0123456789/
  var code = new URL(".", document.currentScript.src).href, site = new URL("../../", code).href, policy = null;
  // the address of a script that only some pages need, from the folder of the code on; where trusted types are demanded, of this site alone
  window.exhibitionOwn = function (path) {
    var address = new URL(path, code).href;
    if (!window.trustedTypes) return address;
    policy = policy || window.trustedTypes.createPolicy("exhibition-own", {
      createScriptURL: function (text) {
        if (text.indexOf(site) !== 0) throw new TypeError(text);
        return text;
      }
    });
    return policy.createScriptURL(address);
  };
  function dress(name) {
    var sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = code + name;
    document.head.append(sheet);
  }
  // browsers from before 2021 get the style sheet in their own words, too (press/older.py), and the one method that scripts miss in them
  if (!(window.CSS && CSS.supports("aspect-ratio", "1"))) dress("older.css");
  if (!Element.prototype.replaceChildren) {
    Element.prototype.replaceChildren = function () {
      this.textContent = "";
      this.append.apply(this, arguments);
    };
  }
  try {
    var size = localStorage.getItem("exhibition.size");
    var scheme = localStorage.getItem("exhibition.scheme");
    var contrast = localStorage.getItem("exhibition.contrast");
    // the quiet link to the visitor's own list, see favourites.js
    if (localStorage.getItem("exhibition.favourites.v1 " + new URL(site).pathname)) root.setAttribute("data-kept", "");
    if (size) root.setAttribute("data-size", size);
    if (contrast) root.setAttribute("data-contrast", contrast);
    if (scheme) root.setAttribute("data-md-color-scheme", scheme);
  } catch (error) {
    // storage may be forbidden: system settings stay
  }
  // a tour is a window from its first paint on; where its own script does not come (tour.js), it is a page again
  if (/\/tour\/(index\.html)?$/.test(location.pathname)) {
    root.classList.add("touring");
    window.addEventListener("load", function () {
      if (!root.hasAttribute("data-touring")) root.classList.remove("touring");
    });
  }
  // a screen in the hall: asked for by the address, kept as long as the tab (kiosk.js)
  var asked = /[?&]kiosk(?:=(\w*))?(?=[&]|$)/.exec(location.search), kiosk = asked && asked[1] !== "off";
  try {
    if (asked && !kiosk) sessionStorage.removeItem("exhibition.kiosk");
    else if (asked) sessionStorage.setItem("exhibition.kiosk", "1");
    kiosk = kiosk || sessionStorage.getItem("exhibition.kiosk");
  } catch (error) {
    // then for this page only
  }
  if (!kiosk) return;
  root.setAttribute("data-kiosk", "");
  dress("kiosk.css");
  var script = document.createElement("script");
  script.src = window.exhibitionOwn("kiosk.js");
  script.async = false;
  document.addEventListener("DOMContentLoaded", function () { document.head.append(script); });
})(document.documentElement);

// Runs before the first paint: the stored reading settings take effect without a flash.
(function (root) {
  root.classList.remove("no-js");
  try {
    var size = localStorage.getItem("exhibition.size");
    var scheme = localStorage.getItem("exhibition.scheme");
    // the quiet link to the visitor's own list, see favourites.js
    if (localStorage.getItem("exhibition.favourites.v1 " + new URL("../../", document.currentScript.src).pathname)) root.setAttribute("data-kept", "");
    if (size) root.setAttribute("data-size", size);
    if (scheme) root.setAttribute("data-md-color-scheme", scheme);
  } catch (error) {
    // storage may be forbidden: system settings stay
  }
})(document.documentElement);

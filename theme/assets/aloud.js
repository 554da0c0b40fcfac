// Reads an entry or a story aloud when asked, with a Chinese voice of the device; nothing leaves the device by our doing.
(function () {
  "use strict";
  var button = document.querySelector("[data-aloud]"), speech = window.speechSynthesis, root = document.documentElement;
  var parts = ".top__hd .kick,.written__kick,h1,.whose,.written__sub,.role,.say,.hon li,.notice,.kpi>*,.lead,.written__lead," +
    ".body__main .txt h2,.body__main .txt p,.body__main .txt li,.body__main .prose>*,.fact1,.facts>div,.written__text>:not(.embed)";
  var turn = 0, now = null, said = null; // an utterance that nobody holds may vanish before its end is told

  // a device that has voices, but none for Chinese, would spell out noise
  function voice() {
    var voices = speech.getVoices();
    if (!voices.length) return null;
    var chinese = voices.filter(function (one) { return /^(zh|cmn)/i.test(one.lang); });
    if (!chinese.length) root.classList.remove("speaks");
    return chinese.filter(function (one) { return /CN|Hans/i.test(one.lang); })[0] || chinese[0] || null;
  }

  // what is seen of an element: names spaced for the eye are closed up, what is said for screen readers alone is left out
  function words(element) {
    var copy = element.cloneNode(true);
    Array.prototype.forEach.call(copy.querySelectorAll(".vh,button,script,svg,.seal"), function (one) { one.remove(); });
    Array.prototype.forEach.call(copy.querySelectorAll("dt,dd,small,b,.ln,li,p"), function (one) { one.append("，"); });
    return copy.textContent.replace(/(\S)\u3000(?=\S)/g, "$1").replace(/\s+/g, " ").replace(/[\s，]*，[\s，]*/g, "，").replace(/([。！？；：])，/g, "$1").replace(/^，|，$/g, "").trim();
  }

  // engines fall silent after some fifteen seconds of one utterance: sentences, and long ones at their commas
  function pieces(text) {
    return (text.match(/[^。！？；]+[。！？；]?/g) || []).reduce(function (all, sentence) {
      return all.concat(sentence.length <= 80 ? sentence : sentence.match(/[^，、]{1,80}[，、]?/g));
    }, []);
  }

  function mark(element) {
    if (now) now.classList.remove("spoken");
    now = element;
    if (now) now.classList.add("spoken");
  }

  function stop() {
    turn += 1;
    speech.cancel();
    mark(null);
    button.textContent = "朗读";
    button.setAttribute("aria-pressed", "false");
  }

  function start() {
    stop();
    var mine = turn, queue = [], chosen = voice();
    Array.prototype.forEach.call(document.querySelector("#main").querySelectorAll(parts), function (element) {
      if (element.parentElement.closest(parts) || !element.getClientRects().length) return;
      pieces(words(element)).forEach(function (text) { queue.push([element, text]); });
    });
    button.textContent = "停止朗读";
    button.setAttribute("aria-pressed", "true");
    (function next() {
      if (mine !== turn) return;
      var piece = queue.shift();
      if (!piece) return stop();
      var utterance = new SpeechSynthesisUtterance(piece[1]);
      utterance.lang = "zh-CN";
      if (chosen) utterance.voice = chosen;
      utterance.rate = 0.9;
      utterance.onend = next;
      utterance.onerror = function () { if (mine === turn) stop(); };
      mark(piece[0]);
      said = utterance;
      speech.speak(said);
    })();
  }

  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", function () { if (button.getAttribute("aria-pressed") === "true") stop(); else start(); });
  window.addEventListener("pagehide", stop);
  if (speech.addEventListener) speech.addEventListener("voiceschanged", voice);
  voice();
})();

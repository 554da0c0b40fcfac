// What of a long word or of a spoken sentence is there: its longest parts that find something, in few and small fetches.
(root => {
  "use strict";
  var T = root.exhibitionTokens, engine = root.exhibitionEngine, LONGEST = 12, SPOKEN = 4, SAID = 24, JOINED = 6, LOOKED = 3, OFFERED = 4;
  // what asks, points and binds, and says nothing of what is looked for; as patterns, for texts of scripts are said in other languages
  var BINDING = new RegExp([
    /我(?:们|想)?|咱们?|你(?:们|好)?|您好?|[他她它]们|大家|谢谢|想(?:要|看|找|问|知道|了解|学)|[找看查搜听说讲](?:一[下找看查搜听说讲]|[找看查搜听说讲])|一下|告诉|介绍|知道|了解|看到|听说/,
    /请(?:问|给|帮)?|[帮给]我?|是(?:不是)?|有没有|有[哪什关]|关于|相关|方面|能不能|可不可以|可以|怎么?(?:样|办)?|如何|为什么|什么|哪[些个里位家儿种]?|谁|多少|几[个种位]/,
    /[这那](?:[个些种位里]|样)|一[个种些位]|的(?:东西|时候|话)?|了|吗|呢|吧|啊|呀|么|还有|或者|以及|以前|现在|在(?!线)|就是|里[面头的]|才能|当年|出来/
  ].map(one => one.source).join("|"));

  // whether the characters stand side by side, looked up in the entries that come first
  function together(text) {
    return engine.candidates("“" + text + "”").then(found => engine.page(found, found.ids.slice(0, LOOKED))).then(shown => shown.some(one => one.whole));
  }
  function size(levels) { return levels.reduce((sum, level) => sum + (level ? 1 : 0), 0); }

  // what of a word there is, as [from, to]: pairs that occur, the most frequent first, joined with what stands beside them where it occurs so
  function cut(word, left) {
    var taken = [], parts = [];
    if (word.length < 3 || word.length > LONGEST || !word.every(T.isHan)) return Promise.resolve([]);
    function text(from, to) { return word.slice(from, to).join(""); }
    return Promise.all(word.slice(1).map((_, at) => engine.levelsOf(text(at, at + 2)).then(size))).then(counts => {
      counts.map((count, at) => [count, at]).filter(one => one[0]).sort((a, b) => b[0] - a[0]).forEach(one => {
        if (taken[one[1]] || taken[one[1] + 1]) return;
        taken[one[1]] = taken[one[1] + 1] = true;
        parts.push([one[1], one[1] + 2]);
      });
      word.forEach((_, at) => { if (!taken[at]) parts.push([at, at + 1]); });
      parts.sort((a, b) => a[0] - b[0]);
      return parts.reduce((before, part) => before.then(done => {
        var last = done[done.length - 1];
        if (!last || part[1] - last[0] < 3 || !left.joins) return done.concat([part]);
        left.joins--;
        return together(text(last[0], part[1])).then(so => so ? done.slice(0, -1).concat([[last[0], part[1]]]) : done.concat([part]));
      }), Promise.resolve([]));
    }).then(joined => joined.filter(part => part[1] - part[0] > 1));
  }

  // --- a sentence ------------------------------------------------------------------------------------------------------

  // its words, as far as what binds them and punctuation part it; what is too long for a word in lengths that can be cut; null where it is a word itself
  function wordsOf(text) {
    var folded = T.fold(text), whole = T.whole(text), room = SAID, length = Array.from(whole).length;
    if (length < SPOKEN || length <= LONGEST && !BINDING.test(folded) && folded.indexOf(whole) >= 0) return null;
    return T.runs(folded).reduce((all, run) => all.concat(run.split(BINDING)), []).reduce((all, one) => all.concat(one.match(/.{2,12}/gu) || []), [])
      .filter((one, at, all) => all.indexOf(one) === at && (room -= Array.from(one).length) >= 0);
  }
  function count(query) { return engine.candidates(query).then(found => found.ids.length); }
  function partsIn(word, left) {
    var all = Array.from(word);
    if (all.length < 3 || !T.isHan(word)) return count(word).then(found => found ? [word] : []);
    return cut(all, left).then(parts => parts.map(part => all.slice(part[0], part[1]).join("")));
  }
  // the first word of three or four characters that its parts do not make up may be a name that was heard wrongly
  function heard(words, lists) {
    var at = words.findIndex((word, nth) => T.isHan(word) && /^.{3,4}$/u.test(word) && lists[nth].join("") !== word);
    return (at < 0 ? Promise.resolve([]) : engine.nearTo({ text: words[at], heard: true })).then(close => {
      var name = close.slice(0, 1);
      return lists.reduce((all, parts, nth) => all.concat(nth === at && name.length ? name : parts), []).filter((one, nth, all) => all.indexOf(one) === nth);
    });
  }
  // as many parts as occur in one entry
  function joint(parts) {
    return parts.reduce((before, part) => before.then(kept => count(kept.concat(part).join(" ")).then(found => found ? kept.concat(part) : kept)), Promise.resolve([]));
  }

  // what a sentence may ask for: as many of its parts as occur in one entry, then each, the longest and rarest first; null for a word
  engine.asked = text => {
    var words = wordsOf(text), left = { joins: JOINED };
    if (!words) return Promise.resolve(null);
    return Promise.all(words.map(word => partsIn(word, left))).then(lists => heard(words, lists)).then(said => Promise.all(said.map(count)).then(counts => {
      var parts = said.map((part, at) => [part, Array.from(part).length, counts[at]]).filter(one => one[2]).sort((a, b) => b[1] - a[1] || a[2] - b[2]).map(one => one[0]);
      return joint(parts).then(kept => (kept.length > 1 ? [said.filter(one => kept.indexOf(one) >= 0).join(" ")] : []).concat(parts).slice(0, OFFERED));
    }));
  };
  engine.partsOf = word => cut(word, { joins: JOINED });
})(window);

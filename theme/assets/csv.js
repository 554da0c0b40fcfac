// Rows come in, a table file that Excel opens goes out to the visitor's downloads.
(function (root) {
  "use strict";
  // a cell that begins like a formula is text
  function cell(value) {
    var text = String(value === null || value === undefined ? "" : value).replace(/\r\n?|\n/g, " ");
    if (/^'*[=+\-@\t＝＋－＠]/.test(text)) text = "'" + text;
    return /[",\s]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }
  function text(rows) {
    return "\ufeff" + rows.map(function (row) { return row.map(cell).join(","); }).join("\r\n") + "\r\n";
  }
  function save(name, rows) {
    var way = document.createElement("a"), address = URL.createObjectURL(new Blob([text(rows)], { type: "text/csv;charset=utf-8" }));
    way.href = address;
    way.download = name + ".csv";
    way.hidden = true;
    document.body.appendChild(way);
    way.click();
    way.remove();
    setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
  }
  root.exhibitionTable = { text: text, save: save };
})(window);

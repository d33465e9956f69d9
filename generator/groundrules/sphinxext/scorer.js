// How Sphinx's search reads a question and orders hits: records before pages that list them; of two
// pages with the same words the shorter, which is about less else.
for (const word of "available can get many may might much must need supported use used".split(" ")) {
  (stopwords.add ?? stopwords.push).call(stopwords, word); // before Sphinx 9 a list
}
var splitQuery = (query) => {
  const all = query.match(/[\p{L}\p{N}_]+/gu) ?? [], asked = all.filter((word) => ![...stopwords].includes(word.toLowerCase()));
  return asked.length ? asked : all;
};
let sizes; // the number of words on each page
Object.assign(Scorer, { // Sphinx's own, which comes first
  partialTitle: 5,
  score([page, , , , score]) {
    const { docnames, terms } = Search._index, [, kind] = page.match(/^generated\/(\w+)\/(?!index$)/) ?? [];
    if (!sizes) {
      sizes = {};
      for (const at of Object.values(terms).flat()) sizes[docnames[at]] = (sizes[docnames[at]] ?? 1) + 1;
    }
    const first = { platforms: 6, expectations: 3, graphs: 3, jobs: 1.8, sessions: 2 }[kind] ?? 0;
    return score + first + (this.named?.includes(page) ? 30 : 0) - Math.log2((sizes[page] ?? 1) / 64);
  },
});

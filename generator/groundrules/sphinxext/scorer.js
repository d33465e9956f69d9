// Sphinx writes this file, the setting html_search_scorer, into its own script before it searches.
Object.assign(Scorer, {
	partialTitle: 5, // Sphinx's 7 puts pages of similar names before the record asked for
	/** @param {SphinxResult} result */
	score: (result) => groundrulesSearchOrder.score(result),
});

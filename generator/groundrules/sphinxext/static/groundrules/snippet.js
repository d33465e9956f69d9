"use strict";

/** Buttons that copy configuration: one at each code block for it, others on request. */
const groundrulesSnippet = (() => {
	const { createElement, findAll } = groundrulesDom;
	const { translate } = groundrulesTranslation;
	const SHOWN = 2000; // milliseconds

	/** @param {string} text */
	async function copy(text) {
		if (navigator.clipboard) return navigator.clipboard.writeText(text);
		// sites without HTTPS have no clipboard
		const field = createElement("textarea", {}, text);
		document.body.append(field);
		field.select();
		document.execCommand("copy");
		field.remove();
	}

	/**
	 * @param {() => string} text
	 * @param {string} title what the button copies, for screen readers
	 */
	function copyButton(text, title) {
		const button = createElement(
			"button",
			{ type: "button", class: "ci-copy", "aria-label": title, click },
			translate("Copy"),
		);
		function click() {
			copy(text()).then(() => {
				button.textContent = translate("Copied");
				setTimeout(() => {
					button.textContent = translate("Copy");
				}, SHOWN);
			});
		}
		return button;
	}

	for (const block of findAll(".ci-snippet pre")) {
		block.before(copyButton(() => block.textContent, translate("Copy the nodeset")));
	}

	return { copyButton };
})();

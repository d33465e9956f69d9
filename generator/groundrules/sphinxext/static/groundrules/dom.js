// The first of the manual's scripts; every page is complete without them.  They are classic scripts,
// whose global names begin alike: modules do not load from a file:// address.
"use strict";

/** Elements of the page. */
const groundrulesDom = (() => {
	/** @typedef {(event: any) => void} Listener */

	/**
	 * Sets attributes; one whose value is a function is a listener.
	 * @template {EventTarget} T
	 * @param {T} target
	 * @param {Record<string, string | number | Listener>} attributes
	 */
	function setAttributes(target, attributes) {
		for (const [name, value] of Object.entries(attributes)) {
			if (typeof value === "function") target.addEventListener(name, value);
			else if (target instanceof Element) target.setAttribute(name, String(value));
		}
		return target;
	}

	/**
	 * @template {keyof HTMLElementTagNameMap} Tag
	 * @param {Tag} tag
	 * @param {Record<string, string | number | Listener>} attributes
	 * @param {(Node | string)[]} content
	 */
	function createElement(tag, attributes = {}, ...content) {
		const element = setAttributes(document.createElement(tag), attributes);
		element.append(...content);
		return element;
	}

	/**
	 * @param {string} selector
	 * @param {ParentNode} within
	 * @returns {any[]} elements of a kind that the selector decides
	 */
	const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];

	/** @param {Element} element */
	const textOf = (element) => (element.textContent ?? "").trim();

	/** @param {Event} event */
	const preventDefault = (event) => event.preventDefault();

	/** @type {(element: Element, name: string, isOn: boolean) => unknown} */
	const toggleClass = (element, name, isOn) => element.classList.toggle(`ci-${name}`, isOn);

	const { src: here } = /** @type {HTMLScriptElement} */ (document.currentScript);
	const site = new URL("../..", here);

	/** @param {string} name of one beside this */
	const loadScript = (name) =>
		new Promise((load, error) => {
			const src = new URL(`${name}.js`, here).href;
			const script = createElement("script", { src, load, error });
			script.async = false; // but in order
			document.head.append(script);
		});

	return {
		setAttributes,
		createElement,
		findAll,
		textOf,
		preventDefault,
		toggleClass,
		site,
		loadScript,
	};
})();

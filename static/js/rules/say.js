// The sentences of the rules. The English wording is the key; the page hands over its translation.
let sentences = {};

export function speak(translated) {
  sentences = translated;
}

export function say(text, facts = {}) {
  return (sentences[text] ?? text).replace(/%\((\w+)\)[sd]/g, (_, name) => facts[name]);
}

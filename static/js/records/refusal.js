/** No: `fields` is {field: [sentence]}, `rules` are those that stop the step. */
export class Refusal extends Error {
  constructor({ message, fields = {}, rules = [] }) {
    super(message);
    this.fields = fields;
    this.rules = rules;
  }
}

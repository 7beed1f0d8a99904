/** Another instance was faster after this one's lease ran out; everything is rolled back. */
export class HandledElsewhere extends Error {
  constructor(id: string) {
    super(`Message ${id} was handled by another instance meanwhile.`);
  }
}

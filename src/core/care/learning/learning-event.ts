export type ModuleId = `M${string}`;

export type LearningEvent = {
  readonly kind: 'moduleRead';
  readonly moduleId: ModuleId;
  /** Of its one question; null: not answered. */
  readonly answeredRight: boolean | null;
};

/** Everything a visitor can read in the simulator, in one language; "{}" is filled in. */
export interface Texts {
  readonly tag: string;
  readonly titleDefault: string;
  readonly titleSales: string;
  readonly titleSupport: string;

  readonly offline: string;
  readonly online: string;
  readonly busy: string;
  /** A number. */
  readonly unread: string;

  readonly intro: string;
  readonly busyNotice: string;
  readonly name: string;
  readonly start: string;
  readonly startVideo: string;
  readonly again: string;
  readonly close: string;

  readonly offlineNotice: string;
  readonly offlineMessage: string;
  readonly thanks: string;

  readonly callBack: string;
  readonly callBackIntro: string;
  readonly phone: string;
  readonly invalidNumber: string;
  readonly back: string;
  /** Followed by the number, on a line of its own. */
  readonly callBackThanks: string;

  /** A number, from 2 on. */
  readonly position: string;
  readonly next: string;
  /** Follows one of the two. */
  readonly waiting: string;
  readonly leaveQueue: string;
  readonly log: string;
  readonly message: string;
  readonly send: string;
  readonly end: string;
  readonly you: string;
  readonly operator: string;
  /** A name. */
  readonly typing: string;

  readonly joined: string;
  /** A name. */
  readonly joinedAs: string;
  readonly endedByOperator: string;
  readonly endedByVisitor: string;
  readonly connectionLost: string;
  readonly picture: string;
  readonly noVideo: string;

  readonly details: string;
  readonly operatorScripted: string;
  readonly operatorManual: string;
  readonly noStorage: string;
  readonly noCustomData: string;
  readonly visitorName: string;
  readonly callBackNumber: string;
  readonly preset: string;
  readonly language: string;
  readonly scope: string;

  readonly greeting: string;
  readonly answers: readonly [string, ...string[]];
  readonly farewell: string;
}

import type { Texts } from "./types.js";

export const en: Texts = {
  tag: "SIMULATOR",
  titleDefault: "Chat with us",
  titleSales: "Talk to sales",
  titleSupport: "Get support",

  offline: "Offline",
  online: "Online",
  busy: "Busy",
  unread: (count) => `${count} unread`,

  intro: "Hello! An operator is ready to talk to you.",
  busyNotice: "All operators are busy right now. You can join the queue and wait for one.",
  name: "Your name (optional)",
  start: "Start chat",
  again: "Start a new chat",
  close: "Close the window",

  offlineNotice: "Nobody is here at the moment. Leave us a message.",
  offlineMessage: "Your message",
  thanks: "Thank you! This is a simulator, so your message went nowhere.",

  callBack: "Call me back",
  callBackIntro: "Leave us your number and we will call you back.",
  phone: "Your phone number",
  invalidNumber: "Invalid number. Please check it.",
  back: "Back",
  callBackThanks: "Thank you! This is a simulator, so nobody will call this number:",

  waiting: "Waiting for an operator…",
  leaveQueue: "Leave the queue",
  log: "Conversation",
  message: "Write a message",
  send: "Send",
  end: "End chat",
  you: "You",
  operator: "Operator",

  joined: "The operator has joined.",
  endedByOperator: "The operator has ended the chat.",
  endedByVisitor: "You have ended the chat.",
  noVideo: "The simulator has no voice or video; this is the text chat.",

  details: "What the operator sees",
  operatorScripted: "operator: scripted",
  operatorManual: "operator: driven from Python",
  noStorage: "no storage: conversation is not restored",
  noCustomData: "no custom data",
  visitorName: "name",
  callBackNumber: "call back",
  preset: "preset",
  language: "language",
  scope: "scope",

  greeting: "Hello, how can I help you?",
  answers: [
    "I see. Could you tell me a little more?",
    "Thank you, I am looking into it.",
    "That should be easy to arrange.",
    "Is there anything else I can do for you?",
  ],
  farewell: "Thank you for the chat. Goodbye!",
};

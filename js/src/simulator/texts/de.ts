import type { Texts } from "./types.js";

export const de: Texts = {
  tag: "SIMULATOR",
  titleDefault: "Chatten Sie mit uns",
  titleSales: "Verkaufsberatung",
  titleSupport: "Kundendienst",

  offline: "Offline",
  online: "Online",
  busy: "Besetzt",
  unread: "{} ungelesen",

  intro: "Guten Tag! Unser Team ist für Sie da.",
  busyNotice: "Im Moment sind alle im Gespräch. Sie können sich in die Warteschlange stellen.",
  name: "Ihr Name (freiwillig)",
  start: "Chat starten",
  startVideo: "Videoanruf",
  again: "Neuen Chat starten",
  close: "Fenster schließen",

  offlineNotice: "Zurzeit ist niemand da. Hinterlassen Sie uns eine Nachricht.",
  offlineMessage: "Ihre Nachricht",
  thanks: "Vielen Dank! Dies ist ein Simulator, die Nachricht wurde nirgendwohin gesendet.",

  callBack: "Rückruf anfordern",
  callBackIntro: "Hinterlassen Sie uns Ihre Nummer, wir rufen Sie zurück.",
  phone: "Ihre Telefonnummer",
  invalidNumber: "Ungültige Nummer. Bitte prüfen Sie sie.",
  back: "Zurück",
  callBackThanks: "Vielen Dank! Dies ist ein Simulator, niemand wird diese Nummer anrufen:",

  position: "Ihr Platz in der Warteschlange: {}.",
  next: "Sie sind als Nächstes an der Reihe.",
  waiting: "Bitte warten …",
  leaveQueue: "Schlange verlassen",
  log: "Gespräch",
  message: "Nachricht schreiben",
  send: "Senden",
  end: "Chat beenden",
  you: "Sie",
  operator: "Operator",
  typing: "{} schreibt …",

  joined: "Jetzt ist jemand für Sie da.",
  joinedAs: "{} ist jetzt für Sie da.",
  endedByOperator: "Der Chat wurde von uns beendet.",
  endedByVisitor: "Sie haben den Chat beendet.",
  connectionLost:
    "Die Verbindung ist unterbrochen. Ihre Nachrichten werden gesendet, sobald sie wieder steht.",
  picture: "Simuliertes Bild ohne Kamera",
  noVideo: "Video gibt es hier nicht; dies ist der Textchat.",

  details: "Was der Operator sieht",
  operatorScripted: "Operator: nach Drehbuch",
  operatorManual: "Operator: von außen gesteuert",
  noStorage: "kein Speicher: das Gespräch wird nicht wiederhergestellt",
  noCustomData: "keine eigenen Daten",
  visitorName: "Name",
  callBackNumber: "Rückruf",
  preset: "Vorlage",
  language: "Sprache",
  scope: "Bereich",

  greeting: "Guten Tag, wie kann ich Ihnen helfen?",
  answers: [
    "Verstehe. Können Sie mir etwas mehr dazu sagen?",
    "Danke, ich sehe sofort nach.",
    "Das lässt sich sicher einrichten.",
    "Kann ich sonst noch etwas für Sie tun?",
  ],
  farewell: "Danke für das Gespräch. Auf Wiedersehen!",
};

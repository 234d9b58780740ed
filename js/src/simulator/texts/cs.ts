import type { Texts } from "./types.js";

export const cs: Texts = {
  tag: "SIMULÁTOR",
  titleDefault: "Napište nám",
  titleSales: "Obchodní oddělení",
  titleSupport: "Zákaznická podpora",

  offline: "Offline",
  online: "Online",
  busy: "Obsazeno",
  unread: (count) => `nepřečtené: ${count}`,

  intro: "Dobrý den! Operátor je připraven s vámi mluvit.",
  busyNotice: "Všichni operátoři jsou právě obsazeni. Můžete počkat ve frontě.",
  name: "Vaše jméno (nepovinné)",
  start: "Zahájit chat",
  again: "Zahájit nový chat",
  close: "Zavřít okno",

  offlineNotice: "Právě tu nikdo není. Zanechte nám zprávu.",
  offlineMessage: "Vaše zpráva",
  thanks: "Děkujeme! Toto je simulátor, zpráva se nikam neodeslala.",

  callBack: "Zavolejte mi",
  callBackIntro: "Nechte nám své číslo a zavoláme vám zpět.",
  phone: "Vaše telefonní číslo",
  invalidNumber: "Neplatné číslo. Zkontrolujte ho, prosím.",
  back: "Zpět",
  callBackThanks: "Děkujeme! Toto je simulátor, na toto číslo nikdo nezavolá:",

  waiting: "Čekáme na operátora…",
  leaveQueue: "Opustit frontu",
  log: "Konverzace",
  message: "Napište zprávu",
  send: "Odeslat",
  end: "Ukončit chat",
  you: "Vy",
  operator: "Operátor",

  joined: "Operátor se připojil.",
  endedByOperator: "Operátor chat ukončil.",
  endedByVisitor: "Chat jste ukončili.",
  noVideo: "Simulátor nemá hlas ani video; toto je textový chat.",

  details: "Co vidí operátor",
  operatorScripted: "operátor: podle scénáře",
  operatorManual: "operátor: řízen z Pythonu",
  noStorage: "bez úložiště: konverzace se neobnoví",
  noCustomData: "žádná vlastní data",
  visitorName: "jméno",
  callBackNumber: "zavolat zpět",
  preset: "předvolba",
  language: "jazyk",
  scope: "rozsah",

  greeting: "Dobrý den, jak vám mohu pomoci?",
  answers: [
    "Rozumím. Můžete mi říct něco víc?",
    "Děkuji, hned se na to podívám.",
    "To by neměl být problém.",
    "Mohu pro vás udělat ještě něco?",
  ],
  farewell: "Děkuji za rozhovor. Na shledanou!",
};

// First judgement of an answer without a network; the server's own grading counts later.

const MARKS = /[\u0300\u0301\u0304\u030c]/g;

export function letters(pinyin) {
  return pinyin
    .toLowerCase()
    .replaceAll("u:", "ü")
    .normalize("NFD")
    .replace(MARKS, "")
    .normalize("NFC")
    .replaceAll("v", "ü")
    .replace(/([jqxy])ü/g, "$1u")
    .replace(/[^a-zü]/g, "");
}

export function isRight(question, answer) {
  switch (question.form) {
    case "self":
      return answer[0] !== "1";
    case "typed":
      return letters(answer[0] || "") === letters(question.expected[0]);
    case "order":
      return answer.join("") === question.expected.join("");
    default:
      return (
        answer.length === question.expected.length &&
        answer.every((value, n) => value === question.expected[n])
      );
  }
}

export function oncePerPage(code: string): string;

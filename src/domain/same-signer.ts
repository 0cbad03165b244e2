/** Whether two names, as people sign with them, are of one person: another spelling is no second person. */
export function sameSigner(a: string, b: string): boolean {
  const plain = (name: string) =>
    name
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[\s.]+/g, ' ')
      .trim();
  return plain(a) === plain(b);
}

// The one address of a script that the page may begin, where the browser asks who vouches for it.

export function scriptAddress(address: string): string {
  const policy = window.trustedTypes?.createPolicy("jalon", { createScriptURL: (of) => of });
  return policy ? policy.createScriptURL(address) : address;
}

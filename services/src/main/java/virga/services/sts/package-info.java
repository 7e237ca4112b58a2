/**
 * AWS Security Token Service: who am I, and temporary credentials.
 *
 * <p>It keeps nothing itself: credentials live in {@link virga.cloud.AccessKeys}, roles in IAM, which is asked through its operations as the
 * root of the role's account, without a record of its own. Whether a role may be assumed is decided by the spine, from the caller's
 * policies and the role's trust policy: refused under {@code enforce}, noted under {@code audit}. A role that does not exist is refused
 * always, as on AWS without saying so.
 *
 * <p>Not done: session tags, source identities, MFA, federation by web identity or SAML. Requests that use them are refused.
 */
package virga.services.sts;

/**
 * The IAM policy language: reads policy documents and decides whether a request is allowed, as "Policy evaluation logic" of the AWS
 * IAM User Guide says. Pure: it knows documents and a request, not where they are kept.
 *
 * <p>The spine asks
 * {@code Decision Authorizer.decide(AuthorizationRequest request, ApplicablePolicies policies)} with
 * {@code new AuthorizationRequest(call, "sqs:SendMessage", resourceArns, conditions)} and
 * {@code new ApplicablePolicies(identity, boundary, resourcePolicyByArn, accountByArn)}; session policies it reads from the call's principal. One
 * {@link virga.cloud.authorize.Authorizer} serves all environments: it only remembers parsed documents. For a refusal,
 * {@link virga.cloud.authorize.Decision#message} has AWS's words; {@link virga.cloud.authorize.Decision#decidedBy} names the statements.
 *
 * <p>Role trust policies are resource policies of the role: {@code sts:AssumeRole} on a role's ARN is allowed only where its trust policy
 * says so. One deviation: on AWS an account's root user cannot assume roles; here the root stands for a developer without IAM users, and
 * may, where the trust policy allows the account.
 *
 * <p>A service that keeps a policy document checks it first with {@link virga.cloud.authorize.PolicyGrammar#check}.
 */
package virga.cloud.authorize;

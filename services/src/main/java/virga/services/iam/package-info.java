/**
 * AWS Identity and Access Management: roles, users, groups, managed policies, instance profiles, access keys.
 *
 * <p>IAM is global: everything is kept per account, whatever the call's region, and ARNs name no region. It gives the spine the
 * policies of principals ({@link virga.services.iam.IamPolicies}) and the trust policies of roles as resource policies.
 *
 * <p>AWS managed policies are data files ({@code managed/}), of the services that serverless applications use. One that is not there is
 * refused as unsupported, because it may well exist on AWS. Names are unique whatever their case, as on AWS. Operations are authorised
 * on ARNs without path, because the path is not in the request.
 */
package virga.services.iam;

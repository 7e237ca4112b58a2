/**
 * AWS CloudFormation: templates become stacks of resources, changed in dependency order and rolled back where a change fails.
 *
 * <p>Three rooms. {@code template} reads a template and evaluates its functions, {@code sam} rewrites the serverless resource types
 * into plain ones; both are pure. What is left here keeps stacks and carries their operations out, one persisted task each.
 *
 * <p>One thing differs from AWS on purpose: DescribeStacks of a stack under way holds its answer for a few seconds until the stack has
 * settled, because the waiters of AWS's tools look once and then sleep for half a minute.
 */
package virga.services.cloudformation;

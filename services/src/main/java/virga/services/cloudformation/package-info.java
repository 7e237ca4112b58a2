/**
 * AWS CloudFormation: templates become stacks of resources, changed in dependency order and rolled back where a change fails.
 *
 * <p>Three rooms. {@code template} reads a template and evaluates its functions, {@code sam} rewrites the serverless resource types
 * into plain ones; both are pure. What is left here keeps stacks and carries their operations out, one persisted task each.
 */
package virga.services.cloudformation;

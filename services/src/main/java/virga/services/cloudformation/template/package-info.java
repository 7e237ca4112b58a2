/**
 * Templates: text becomes a checked {@link virga.services.cloudformation.template.Template}, and its intrinsic functions become
 * values. Pure: what a template asks of the outside comes through {@link virga.services.cloudformation.template.ResourceValues} and
 * {@link virga.services.cloudformation.template.ExternalValues}.
 *
 * <p>Errors carry AWS's own texts and the code {@code ValidationError}. Sources: "Template reference" and "Intrinsic function
 * reference" of the AWS CloudFormation User Guide. YAML is read as CloudFormation reads it: dates and numbers with leading zeros stay
 * texts, aliases and merges are refused ("AWS CloudFormation template formats").
 */
package virga.services.cloudformation.template;

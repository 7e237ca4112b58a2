/**
 * The transform {@code AWS::Serverless-2016-10-31}: serverless resources become plain ones. A pure function from template to template.
 *
 * <p>Logical ids and generated properties are those of AWS's own translator, because stacks that were deployed once must find their
 * resources again. Sources: the AWS SAM Developer Guide ("Generated CloudFormation resources" of each type), and the behaviour of
 * AWS's translator, against which the cases in the tests were compared. Policy templates and the names of AWS's managed policies are
 * data beside this package.
 */
package virga.services.cloudformation.sam;

/**
 * The rules: one small class each, which reads a template or records and says where it is broken. The numbers are those of the list in
 * the documentation; the questions are those of the serverless lens of the AWS Well-Architected Framework.
 */
package virga.reviewer.rules;

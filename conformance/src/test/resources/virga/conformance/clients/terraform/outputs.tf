output "queue_url" {
  value = aws_sqs_queue.orders.id
}

output "dead_queue_url" {
  value = aws_sqs_queue.dead.id
}

output "table" {
  value = aws_dynamodb_table.orders.name
}

output "function" {
  value = aws_lambda_function.orders.function_name
}

output "api_id" {
  value = aws_apigatewayv2_api.web.id
}

output "bucket" {
  value = aws_s3_bucket.receipts.id
}

output "bus" {
  value = aws_cloudwatch_event_bus.shop.name
}

output "account" {
  value = data.aws_caller_identity.current.account_id
}

output "region" {
  value = data.aws_region.current.name
}

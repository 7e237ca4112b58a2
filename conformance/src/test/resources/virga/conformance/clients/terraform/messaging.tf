resource "aws_sqs_queue" "dead" {
  name                      = "${var.name}-dead"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "orders" {
  name                       = "${var.name}-orders"
  visibility_timeout_seconds = var.visibility_timeout
  receive_wait_time_seconds  = 5
  tags                       = { Team = "orders" }
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 3
  })
}

resource "aws_sqs_queue_redrive_allow_policy" "dead" {
  queue_url = aws_sqs_queue.dead.id
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.orders.arn]
  })
}

resource "aws_cloudwatch_event_bus" "shop" {
  name = "${var.name}-shop"
}

resource "aws_cloudwatch_event_rule" "ordered" {
  name           = "${var.name}-ordered"
  description    = "Orders that were placed"
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  event_pattern = jsonencode({
    source      = ["shop"]
    detail-type = ["OrderPlaced"]
  })
}

resource "aws_cloudwatch_event_target" "ordered" {
  rule           = aws_cloudwatch_event_rule.ordered.name
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  target_id      = "orders"
  arn            = aws_sqs_queue.orders.arn
  input_path     = "$.detail"
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "${var.name}-nightly"
  schedule_expression = "cron(0 3 * * ? *)"
}

data "aws_iam_policy_document" "from_the_bus" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.orders.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.ordered.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy    = data.aws_iam_policy_document.from_the_bus.json
}

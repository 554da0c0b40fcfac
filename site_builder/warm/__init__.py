"""What an earlier build left comes in; what need not be made again goes out."""

namespace Weir.Gateway.Journal;

/// <summary>What the door says (RFC 5321 §4.2, RFC 3463).</summary>
internal static class SmtpReplies
{
    public const string Ok = "250 2.0.0 Ok";
    public const string SenderOk = "250 2.1.0 Ok";
    public const string RecipientOk = "250 2.1.5 Ok";
    public const string Bye = "221 2.0.0 Bye";
    public const string Help = "214 2.0.0 This is Weir's journal: it records copies of mail";
    public const string NotSaid = "252 2.1.5 Send it and see";
    public const string GoOn = "354 End with <CRLF>.<CRLF>";
    public const string Silent = "421 4.4.2 Nothing was said for too long";
    public const string TooManyErrors = "421 4.7.0 Too many errors";
    public const string TryAgain = "451 4.3.0 It could not be recorded now, try again later";
    public const string NoMemory = "452 4.3.1 Too much in progress, try again later";
    public const string NoRoom = "452 4.3.1 No room on disk, try again later";
    public const string TooManyRecipients = "452 4.5.3 Too many recipients";
    public const string TooLong = "500 5.5.2 The line is too long";
    public const string Unknown = "500 5.5.2 Not a command";
    public const string NotAPath = "501 5.5.4 Write it as <user@domain>";
    public const string NotForwarded = "501 5.5.4 Write NAME=value";
    public const string NotHere = "502 5.5.1 Not here";
    public const string NoHello = "503 5.5.1 Say EHLO first";
    public const string NoSender = "503 5.5.1 Say MAIL first";
    public const string NoRecipient = "503 5.5.1 Say RCPT first";
    public const string InMessage = "503 5.5.1 A message is in progress";
    public const string BareLineFeed = "521 5.5.2 A line feed without its carriage return";
    public const string TooLarge = "552 5.3.4 The message is too large";
    public const string Stranger = "554 5.7.1 This address may not connect: see journal.clients";
    public const string Pipelined = "554 5.5.0 Data before it was asked for";
    public const string BadParameter = "555 5.5.4 Parameter not known";
}

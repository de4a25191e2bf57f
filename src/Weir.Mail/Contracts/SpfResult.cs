namespace Weir.Mail.Contracts;

/// <summary>SPF results (RFC 7208 §2.6).</summary>
public enum SpfResult { None, Neutral, Pass, Fail, SoftFail, TempError, PermError }

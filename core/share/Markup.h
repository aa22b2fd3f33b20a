#pragma once

#include <QByteArray>
#include <QString>

/// Text that goes into HTML and SVG.
namespace corscope::share::markup {

/// As content of an element or of an attribute in double quotes: no text can end either. Control characters, which neither
/// XML nor HTML allows, become the pictures of themselves (U+2400 and on); line breaks and tabs stay.
QByteArray escaped(const QString& text);
/// Bytes of the wire: UTF-8 where they are, else each byte as one character.
QByteArray escapedBytes(QByteArrayView bytes);

/// An address to link to: http and https only, escaped; empty for any other, scripts above all.
QByteArray linkTarget(const QString& address);

} // namespace corscope::share::markup

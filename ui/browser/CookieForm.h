#pragma once

#include "core/http/Cookie.h"

#include <QWidget>

class QCheckBox;
class QComboBox;

namespace corscope {

class Field;

/// One cookie, all of it.
class CookieForm : public QWidget
{
    Q_OBJECT
public:
    explicit CookieForm(QWidget* parent = nullptr);

    /// \param now what the remaining seconds are counted from
    void setCookie(const Cookie& cookie, Instant now);

Q_SIGNALS:
    void edited(const Cookie& cookie); ///< by the user

private:
    Field* field(const char* name, const QString& accessibleName, QByteArray Cookie::*member, bool (*isGood)(const QByteArray&),
                 const QString& otherwise);
    QCheckBox* box(const char* name, const QString& text, bool Cookie::*member);

    Cookie m_cookie;
    Instant m_now;
    Field* m_name;
    Field* m_value;
    Field* m_domain;
    Field* m_path;
    QComboBox* m_sameSite;
    Field* m_seconds;
    QCheckBox* m_hostOnly;
    QCheckBox* m_secure;
    QCheckBox* m_httpOnly;
};

} // namespace corscope

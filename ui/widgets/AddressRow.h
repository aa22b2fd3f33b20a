#pragma once

#include <QWidget>

class QComboBox;
class QLabel;

namespace corscope {

class Field;

/// Scheme, host and port on one line: the address of a page or of a server.
class AddressRow : public QWidget
{
    Q_OBJECT
public:
    /// \param name start of the inputs' object names: "page" gives pageScheme, pageHost, pagePort.
    explicit AddressRow(const QString& name, const QString& whose, QWidget* parent = nullptr);

    /// Adds choices that take the place of the whole address, and the text that stands for one.
    void addOpaqueChoices(const QStringList& choices, const QString& instead);
    void setOpaque(int choice);
    void setAddress(const QByteArray& scheme, const QByteArray& host, quint16 port);

    /// Whether the host is too long to be read beside a label.
    bool wantsWidth() const;

Q_SIGNALS:
    void addressShown();
    void schemeEdited(const QByteArray& scheme);
    void opaqueChosen(int choice);
    void hostEdited(const QByteArray& host);
    void portEdited(quint16 port);

private:
    QComboBox* m_scheme;
    Field* m_host;
    Field* m_port;
    QLabel* m_instead;
    QLabel* m_note;
};

} // namespace corscope

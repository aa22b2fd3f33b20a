#pragma once

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace corscope {

/// A part of a card that opens and closes under its own heading line. Closed, it says in a few words what is in it.
class Section : public QWidget
{
    Q_OBJECT
public:
    /// \param name object name of the button that opens it.
    Section(const QString& name, const QString& title, QWidget* parent = nullptr);

    QVBoxLayout* body() const { return m_body; }
    void setTitle(const QString& title);
    /// What differs from the usual inside; empty where nothing does.
    void setRemark(const QString& remark);
    bool isOpen() const;
    void open();

private:
    void show(bool open);
    void write();

    QString m_title;
    QString m_remark;
    QToolButton* m_button;
    QWidget* m_content;
    QVBoxLayout* m_body;
};

} // namespace corscope

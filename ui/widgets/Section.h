#pragma once

#include <QWidget>

#include <functional>
#include <utility>

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

    /// \param fill puts into the section what is in it, when it is opened for the first time.
    void setContent(std::function<void(QVBoxLayout& body)> fill) { m_fill = std::move(fill); }
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
    std::function<void(QVBoxLayout&)> m_fill;
};

} // namespace corscope
